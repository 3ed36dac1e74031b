/** A CSV text as RFC 4180 wants it. */
export function toCsv(head: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [head.map(quote).join(',')];
  for (const row of rows) {
    lines.push(row.map((cell) => (cell === null ? '' : quote(String(cell)))).join(','));
  }

  return `${lines.join('\r\n')}\r\n`;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
