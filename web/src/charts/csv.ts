/** A CSV text as RFC 4180 wants it. */
export function toCsv(head: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [head.map((name) => quote(guard(name))).join(',')];
  for (const row of rows) {
    lines.push(row.map((cell) => (cell === null ? '' : quote(typeof cell === 'string' ? guard(cell) : String(cell)))).join(','));
  }

  return `${lines.join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, as in the server's CSV files. Numbers are left alone. */
function guard(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
