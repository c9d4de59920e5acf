// Holds docs/requirements.md against the tests and documents that it names. Exit 1, with a line for each fault.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const DOCUMENT = 'docs/requirements.md';
const NOT_PROMISED = 'Not promised';
const LAST_REQUIREMENT = 420;
const NUMBERED = [
  { letter: 'A', last: 46, what: 'acceptance scenario' },
  { letter: 'P', last: 45, what: 'pitfall' },
];
const PROMISES = { least: 60, most: 90 };

const faults = [];
const read = (file) => readFileSync(path.join(root, file), 'utf8');
const isComment = (line) => /^\s*(\/\/|\/?\*)/.test(line);
const pad = (letter, number) => (letter === 'A' ? `A${String(number).padStart(2, '0')}` : `P${number}`);

/** Rows of all tables with their line number, theme and cells; headings of tables left out. */
function readRows(text) {
  const rows = [];
  let theme = '';
  for (const [at, line] of text.split('\n').entries()) {
    if (line.startsWith('## ')) theme = line.slice(3).trim();
    if (!line.startsWith('| ') || /^\|\s*(promise|numbers|---)/.test(line)) continue;
    const cells = line.split('|').map((cell) => cell.trim());
    rows.push({ where: `${DOCUMENT}:${at + 1}`, theme, cells: cells.slice(1, -1) });
  }
  return rows;
}

/** `R16, R49-R52, R7 (part)` as numbers, each with whether only a part of it is meant. */
function readNumbers(cell, where) {
  const numbers = [];
  for (const item of cell.split(',').map((text) => text.trim())) {
    const found = /^R(\d+)(?:-R(\d+))?( \(part\))?$/.exec(item);
    if (!found) {
      faults.push(`${where}: "${item}" is no requirement number; write R7, R7-R9 or R7 (part)`);
      continue;
    }
    const first = Number(found[1]);
    const last = Number(found[2] ?? found[1]);
    if (first < 1 || last > LAST_REQUIREMENT || last < first)
      faults.push(`${where}: ${item} is out of the range R1-R${LAST_REQUIREMENT}`);
    else for (let number = first; number <= last; number++) numbers.push({ number, part: found[3] !== undefined });
  }
  return numbers;
}

const lines = new Map();
const linesOf = (file) => {
  if (!lines.has(file)) lines.set(file, read(file).split('\n'));
  return lines.get(file);
};

/** Each `file` › title of a cell: a heading of a document, or a piece of a title in a test file. */
function checkProofs(cell, where) {
  const proofs = cell.split(/; (?=`)/).map((text) => /^`([^`]+)` › (.+)$/.exec(text));
  for (const proof of proofs) {
    if (!proof) {
      faults.push(
        `${where}: a proof reads \`path/to/file.test.ts\` › title, more of them separated by "; ", not "${cell}"`,
      );
      continue;
    }
    const [, file, title] = proof;
    if (!existsSync(path.join(root, file))) {
      faults.push(`${where}: there is no file ${file}`);
      continue;
    }
    const stands = file.endsWith('.md')
      ? linesOf(file).some((line) => /^#+ /.test(line) && line.replace(/^#+ /, '').trim() === title)
      : file.endsWith('.test.ts') && linesOf(file).some((line) => !isComment(line) && line.includes(title));
    if (!stands) faults.push(`${where}: ${file} has no ${file.endsWith('.md') ? 'heading' : 'test'} "${title}"`);
  }
}

/** Every number once: in promises, or in the last section, which may also name a part of what is promised. */
function checkCoverage(promised, notPromised, parts) {
  for (let number = 1; number <= LAST_REQUIREMENT; number++) {
    if (promised.has(number) && notPromised.has(number))
      faults.push(`R${number} is promised (${promised.get(number)}) and not promised (${notPromised.get(number)})`);
    if (!promised.has(number) && !notPromised.has(number))
      faults.push(`R${number} is covered nowhere in ${DOCUMENT}; name it with a promise, or under "${NOT_PROMISED}"`);
  }
  for (const [number, where] of parts)
    if (!promised.has(number)) faults.push(`${where}: R${number} (part) is promised nowhere; name it without "(part)"`);
}

function testFiles(folder = 'test') {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return testFiles(name);
    return name.endsWith('.test.ts') ? [name] : [];
  });
}

/** Numbers of scenarios and pitfalls that stand in a title (a quoted text) of some test. */
function numbersInTitles() {
  const found = new Set();
  for (const line of testFiles().flatMap((file) => linesOf(file)))
    if (!isComment(line) && /['"`]/.test(line)) for (const [name] of line.matchAll(/\b[AP]\d{1,2}\b/g)) found.add(name);
  return found;
}

function checkNumberedTests(withoutTest) {
  const tested = numbersInTitles();
  for (const { letter, last, what } of NUMBERED)
    for (let number = 1; number <= last; number++) {
      const name = pad(letter, number);
      if (!tested.has(name) && !withoutTest.has(name))
        faults.push(`${what} ${name} stands in no test title; write the test, or list ${name} under "${NOT_PROMISED}"`);
      if (tested.has(name) && withoutTest.has(name))
        faults.push(`${what} ${name} has a test; take it out of "${NOT_PROMISED}" in ${DOCUMENT}`);
    }
}

const rows = readRows(read(DOCUMENT));
const promised = new Map();
const notPromised = new Map();
const parts = new Map();
const withoutTest = new Set();
let promises = 0;
for (const { where, theme, cells } of rows) {
  if (theme === NOT_PROMISED) {
    const named = cells[0].split(',').map((text) => text.trim());
    for (const name of named.filter((text) => /^[AP]\d+$/.test(text))) withoutTest.add(name);
    const rest = named.filter((text) => !/^[AP]\d+$/.test(text)).join(', ');
    if (cells.length !== 2 || !cells[1]) faults.push(`${where}: a row here is | numbers | what is missing and why |`);
    if (rest) for (const { number, part } of readNumbers(rest, where)) (part ? parts : notPromised).set(number, where);
    continue;
  }
  promises += 1;
  if (cells.length !== 3) {
    faults.push(`${where}: a row is | promise | proof | numbers |, and this one has ${cells.length} cells`);
    continue;
  }
  checkProofs(cells[1], where);
  for (const { number } of readNumbers(cells[2], where)) promised.set(number, where);
}
if (promises < PROMISES.least || promises > PROMISES.most)
  faults.push(`${DOCUMENT} has ${promises} promises; it should have ${PROMISES.least} to ${PROMISES.most}`);
checkCoverage(promised, notPromised, parts);
checkNumberedTests(withoutTest);

if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\nrequirements: ${faults.length} faults\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(
    `requirements: ${promises} promises, ${LAST_REQUIREMENT} numbers, ${promised.size} promised (${parts.size} in part), ` +
      `${notPromised.size} not promised, A01-A46 and P1-P45 ${withoutTest.size === 0 ? 'all tested' : `without test: ${[...withoutTest].join(', ')}`}\n`,
  );
}
