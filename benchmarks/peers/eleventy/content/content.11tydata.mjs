export default {
  layout: "article.njk",
  eleventyComputed: { permalink: (data) => `/${data.section}/${data.page.fileSlug}/` },
};
