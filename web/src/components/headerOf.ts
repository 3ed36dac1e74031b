const delimiters = [',', ';', '\t', '|'];

/** The column names in the first line of a delimited text; empty where that is no such text. */
export function headerOf(text: string): string[] {
  const start = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (start.includes('\u0000')) {
    return [];
  }

  const best = delimiters.map((delimiter) => firstLine(start, delimiter)).reduce((most, names) => (names.length > most.length ? names : most));
  const names = best.map((name) => name.trim()).filter((name) => name !== '');
  return names.length > 1 ? [...new Set(names)] : [];
}

/** The fields before the first line break that no quotation marks enclose. */
function firstLine(text: string, delimiter: string): string[] {
  const fields = [''];
  let quoted = false;
  for (const character of text) {
    if (character === '"') {
      quoted = !quoted;
    } else if (!quoted && (character === '\n' || character === '\r')) {
      break;
    } else if (!quoted && character === delimiter) {
      fields.push('');
    } else {
      fields[fields.length - 1] += character;
    }
  }

  return fields;
}
