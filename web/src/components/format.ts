/** Numbers, sizes and times as people read them. All functions accept what the server may send, null included. */

const none = '\u2013';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const dateTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? none : whole.format(value);
}

/** `1 row`, `2 rows`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** A number with about so many significant digits, without trailing zeros; very large and small ones in scientific notation. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return none;
  }

  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) {
    return value.toExponential(Math.max(0, digits - 2)).replace(/\.?0+e/, 'e').replace('e+', 'e').replaceAll('-', '\u2212');
  }

  const decimals = size >= 1 ? Math.max(0, digits - Math.floor(Math.log10(size)) - 1) : size === 0 ? 0 : digits - 1 - Math.floor(Math.log10(size));
  return new Intl.NumberFormat('en', { maximumFractionDigits: Math.min(decimals, 12), useGrouping: size >= 10_000 }).format(value).replace('-', '\u2212');
}

/** As formatNumber, with a plus sign where it is positive. */
export function formatSigned(value: number, digits = 3): string {
  return value > 0 ? `+${formatNumber(value, digits)}` : formatNumber(value, digits);
}

/** 0.8731 as `87.3 %`. Never rounds to 0 or 100 what is not. */
export function formatShare(value: number | null | undefined, decimals = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return none;
  }

  const smallest = 10 ** -decimals;
  const percent = value * 100;
  if (percent > 0 && percent < smallest) {
    return `< ${smallest} %`;
  }

  if (percent < 100 && percent > 100 - smallest) {
    return `> ${(100 - smallest).toFixed(decimals)} %`;
  }

  return `${percent.toFixed(decimals).replace(/\.0+$/, '')} %`;
}

export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) {
    return none;
  }

  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }

  return `${unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
}

/** Between two instants; until now when it has not ended. */
export function formatDuration(from: string | null | undefined, to: string | null | undefined, now = Date.now()): string {
  if (!from) {
    return none;
  }

  return formatSeconds(((to ? Date.parse(to) : now) - Date.parse(from)) / 1000);
}

export function formatSeconds(seconds: number): string {
  const positive = Math.max(0, seconds);
  if (positive < 1) {
    return `${Math.round(positive * 1000)} ms`;
  }

  if (positive < 60) {
    return `${positive < 10 ? positive.toFixed(1) : Math.round(positive)} s`;
  }

  const minutes = Math.floor(Math.round(positive) / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(positive) % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A day, from seconds since 1970. */
export function formatDay(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined || !Number.isFinite(seconds) ? none : date.format(new Date(seconds * 1000));
}

export function formatTime(instant: string | null | undefined): string {
  return instant ? dateTime.format(new Date(instant)) : none;
}

/** `just now`, `5 minutes ago`, `yesterday`; older ones by date. */
export function formatAgo(instant: string | null | undefined, now = Date.now()): string {
  if (!instant) {
    return none;
  }

  const seconds = (now - Date.parse(instant)) / 1000;
  if (seconds < 45) {
    return 'just now';
  }

  if (seconds < 3_570) {
    return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  }

  if (seconds < 86_000) {
    return `${Math.round(seconds / 3600)} h ago`;
  }

  return seconds < 7 * 86_400 ? counted(Math.round(seconds / 86_400), 'day') + ' ago' : date.format(new Date(instant));
}

/** A prediction or a true value: a class name as it is, a number rounded. */
export function formatValue(value: string | number | null | undefined): string {
  return value === null || value === undefined ? none : typeof value === 'number' ? formatNumber(value, 5) : value;
}

/** A cell of a table for a narrow place: long numbers are rounded, long texts are cut. */
export function formatCell(text: string, most: number): string {
  const value = Number(text);
  return text.length > 8 && text.trim() !== '' && Number.isFinite(value) && !Number.isInteger(value) ? formatNumber(value, 5) : shorten(text, most);
}

/** Words that people write in capitals. */
const capitals = new Map(['mlp', 'svm', 'svr', 'rnn', 'gru', 'lstm', 'tcn', 'pca'].map((word) => [word, word.toUpperCase()])).set('automl', 'AutoML');

/** `gradient_boosting` as `Gradient boosting`. */
export function humanize(name: string): string {
  const words = name.split('_').map((word) => capitals.get(word) ?? word).join(' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Cuts long texts from data so that one value cannot break a page. */
export function shorten(text: string, most = 60): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}\u2026`;
}
