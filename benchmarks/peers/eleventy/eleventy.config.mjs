// The work that all compared generators do, with the lists made once.
const SECTIONS = ["world", "local", "economy", "science", "culture"];
const SIZE = 20;

function paginate(key, items) {
  const pages = [];
  for (let start = 0; start === 0 || start < items.length; start += SIZE) {
    pages.push({ key, number: pages.length + 1, items: items.slice(start, start + SIZE) });
  }
  pages.forEach((page, place) => (page.last = place === pages.length - 1));
  return pages;
}

function group(posts, keysOf) {
  const groups = new Map();
  for (const post of posts) {
    for (const key of keysOf(post)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(post);
    }
  }
  return [...groups].flatMap(([key, items]) => paginate(key, items));
}

export default function (config) {
  config.addPassthroughCopy("style.css");
  const places = new Map();
  let newest = null;
  const sort = (api) => {
    if (newest === null) {
      newest = api.getFilteredByGlob("content/**/*.md").sort((a, b) => b.date - a.date);
      newest.forEach((post, place) => places.set(post.url, place));
    }
    return newest;
  };
  config.on("eleventy.before", () => {
    newest = null;
    places.clear();
  });
  config.addCollection("news", sort);
  config.addCollection("frontPages", (api) => paginate("Bench News", sort(api)));
  config.addCollection("sectionPages", (api) => group(sort(api), (post) => [post.data.section]));
  config.addCollection("tagPages", (api) => group(sort(api), (post) => post.data.tags));
  config.addFilter("neighbour", (url, step) => newest[places.get(url) + step]);
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  config.addFilter("day", (date) => day.format(date));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("title", (words) => words[0].toUpperCase() + words.slice(1));
  config.addGlobalData("sections", SECTIONS);
  config.amendLibrary("md", (markdown) => {
    markdown.set({ typographer: true });
    markdown.core.ruler.push("heading_ids", (state) => {
      state.tokens.forEach((token, place) => {
        if (token.type === "heading_open") {
          token.attrSet("id", state.tokens[place + 1].content.toLowerCase().replace(/\W+/g, "-"));
        }
      });
    });
  });
  return { dir: { input: ".", output: "public" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
