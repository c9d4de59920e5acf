const LINES_A_PAGE = 60;
const LETTERS_A_LINE = 95;

/** A PDF of plain lines in Helvetica on pages of letter size. Letters beyond Latin-1 print as `?`. */
export function writePdf(lines: string[]): Buffer {
  const wrapped = lines.flatMap(wrap);
  const pages: string[][] = [];
  for (let at = 0; at < wrapped.length || pages.length === 0; at += LINES_A_PAGE)
    pages.push(wrapped.slice(at, at + LINES_A_PAGE));
  const pageIds = pages.map((_, index) => 4 + index * 2);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pageIds.map((id) => `${String(id)} 0 R`).join(' ')}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, index) => {
      const content = pageContent(page);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${String(5 + index * 2)} 0 R >>`,
        `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  return assemble(objects);
}

const wrap = (line: string): string[] =>
  line.match(new RegExp(`.{1,${String(LETTERS_A_LINE)}}(?:\\s|$)|.{${String(LETTERS_A_LINE)}}`, 'g')) ?? [''];

function pageContent(lines: string[]): string {
  const shown = lines.map((line) => `(${escapeText(line.trim())}) Tj T*`);
  return `BT /F1 10 Tf 12 TL 40 752 Td\n${shown.join('\n')}\nET`;
}

/** Each letter one byte: the file is written as Latin-1. */
const escapeText = (text: string): string =>
  [...text]
    .map((char) => (char.charCodeAt(0) > 255 || char.length > 1 ? '?' : char))
    .join('')
    .replace(/[\\()]/g, '\\$&');

function assemble(objects: string[]): Buffer {
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(text.length);
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
