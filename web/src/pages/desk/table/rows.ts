/** A row of a table as text, numbered as spreadsheets number it: the header is row 1. */
export interface Row {
  number: number;
  cells: string[];
}

/** A pasted table, to be shown; what it means is the API's to say. */
export interface Table {
  /** The columns' names, as the first row gives them. */
  header: string[];
  rows: Row[];
}

/** Splits a text at the separator that its first line uses most. Cells in quotation marks may hold separators and line breaks. */
export function tableOf(text: string): Table {
  const rows = split(text.replace(/^\uFEFF/, ''));
  const isBlank = ({ cells }: Row) => cells.every((cell) => !cell.trim());
  const [head, ...rest] = rows.filter((row) => !isBlank(row));
  return { header: head?.cells.map((cell) => cell.trim()) ?? [], rows: rest };
}

/** The cell below a column, whatever the spelling of its name. */
export function cell({ header }: Table, row: Row | undefined, column: string) {
  const index = header.findIndex((name) => folded(name) === folded(column));
  return row?.cells[index]?.trim() ?? '';
}

const folded = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

function split(text: string): Row[] {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let cells: string[] = [];
  let current = '';
  let isQuoted = false;
  const endRow = () => {
    cells.push(current);
    rows.push({ number: rows.length + 1, cells });
    [cells, current] = [[], ''];
  };
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? '';
    if (isQuoted && letter === '"' && text[index + 1] === '"') {
      current += letter;
      index += 1;
    } else if (letter === '"' && (isQuoted || !current)) isQuoted = !isQuoted;
    else if (isQuoted) current += letter;
    else if (letter === separator) {
      cells.push(current);
      current = '';
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && text[index + 1] === '\n') index += 1;
      endRow();
    } else current += letter;
  }
  if (current || cells.length > 0) endRow();
  return rows;
}

function separatorOf(text: string) {
  const line = text.trimStart().split(/\r?\n|\r/, 1)[0] ?? '';
  const count = (separator: string) => line.split(separator).length;
  return ['\t', ';', ','].reduce((best, each) => (count(each) > count(best) ? each : best));
}
