/** How far back one looks, in hours. */
export const periods = [{ value: '1', label: 'Hour' }, { value: '24', label: 'Day' }, { value: '168', label: 'Week' }];
