// The village's site. Batches and products are data, paginated one to a page; stories are Markdown.
const day = (text) => {
  const [year, month, rest] = text.split("-");
  const [date, time] = rest.split(" ");
  return `${year} 年 ${+month} 月 ${+date} 日${time ? " " + time : ""}`;
};

const lastDay = (made, months) => {
  const date = new Date(`${made}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  date.setUTCDate(date.getUTCDate() - 1);
  return day(date.toISOString().slice(0, 10));
};

// The batches of one product; grouped once for each reading of the data.
const groups = new WeakMap();
const of = (batches, product) => {
  if (!groups.has(batches)) {
    const found = {};
    for (const each of batches) (found[each.product] ||= []).push(each);
    groups.set(batches, found);
  }
  return groups.get(batches)[product] || [];
};

module.exports = (config) => {
  config.addFilter("day", day);
  config.addFilter("lastDay", lastDay);
  config.addFilter("of", of);
  config.addFilter("isoDay", (date) => date.toISOString().slice(0, 10));
  config.addPassthroughCopy({ static: "." });
  return { dir: { input: "src", output: "out" }, markdownTemplateEngine: false };
};
