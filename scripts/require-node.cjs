// Refuses a Node that is too old, in words, before anything newer than ES5 is parsed.
var found = process.versions.node.split('.').map(Number);
if (found[0] < 22 || (found[0] === 22 && found[1] < 13)) {
  console.error(
    'SuiteRelay needs Node 22.13 or newer; this is Node ' +
      process.versions.node +
      '.\n' +
      'On Linux x64 `npm ci` brings a Node 24 of its own: run the command through npm (npm start, npm test).\n' +
      'Elsewhere install Node 24 from https://nodejs.org and try again.',
  );
  process.exit(2);
}
