/** The kinds of files that hold tables. */
export const tableEndings = ['.csv', '.tsv', '.tab', '.txt', '.jsonl', '.ndjson', '.json', '.svmlight', '.libsvm', '.svm', '.xlsx', '.xls', '.ts', '.npy', '.npz', '.idx1-ubyte', '.idx3-ubyte', '.png', '.off', '.xyz', '.pts', '.asc', '.zip', '.gz'] as const;
