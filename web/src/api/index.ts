export * from './types';
export * from './problem';
export * from './commands';
export * as queries from './queries';
export { auditPerPage, rowsPerPage, testRowsPerPage, worthRetrying } from './queries';
export { onLoggedOut } from './loggedOut';
export { useReachable } from './connection';
export { uploadDataset, stepFields, type StepLayout, type UploadProgress } from './upload';
export { followJob, hasEnded, type JobListener } from './jobEvents';
