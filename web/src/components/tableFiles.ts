/** The kinds of files that hold tables. */
export const tableEndings = ['.csv', '.tsv', '.tab', '.txt', '.jsonl', '.ndjson', '.json', '.svmlight', '.libsvm', '.svm', '.xlsx', '.xls', '.gz'] as const;
