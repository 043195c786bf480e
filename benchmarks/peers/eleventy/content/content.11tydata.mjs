// A permalink as a function of the data costs less than one that eleventyComputed works out.
export default {
  layout: "article.njk",
  permalink: (data) => `/${data.section}/${data.page.fileSlug}/`,
};
