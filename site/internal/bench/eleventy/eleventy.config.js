// The issues of data/issues.json: a page each, and lists of a hundred.
module.exports = (config) => {
  config.setQuietMode(true);
  return { dir: { includes: "_includes", data: "_data" } };
};
