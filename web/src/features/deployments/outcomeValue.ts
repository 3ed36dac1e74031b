import type { LoggedPrediction } from '@/api';

/** What turned out to be true, as the server wants it: a number where a number was predicted, else a class. */
export function outcomeValue(text: string, prediction: LoggedPrediction['prediction']): string | number {
  const told = text.trim();
  const value = Number(told);
  return typeof prediction === 'number' && told !== '' && Number.isFinite(value) ? value : told;
}
