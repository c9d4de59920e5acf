// Jest transformer: a style sheet or page as the text that the build puts into the bundle.
module.exports = {
  process: (source) => ({
    code: `module.exports = { __esModule: true, default: ${JSON.stringify(source)} };`,
  }),
};
