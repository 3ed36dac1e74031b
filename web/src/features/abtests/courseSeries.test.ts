import { expect, it } from 'vitest';
import { courseSeries } from './courseSeries';

const moment = (outcomes: number, difference: number, lower: number | null, upper: number | null) => ({ outcomes, at: '', difference, lower, upper, p_value: 1 });

it('draws the difference with both ends of its interval', () => {
  const [difference, upper, lower] = courseSeries([moment(10, 0.5, null, null), moment(20, 0.3, -0.2, 0.8), moment(30, 0.25, 0.05, 0.45)]);
  expect(difference!.points.map(({ x }) => x)).toEqual([20, 30]);
  expect(upper!.points.map(({ y }) => y)).toEqual([0.8, 0.45]);
  expect(lower!.points.map(({ y }) => y)).toEqual([-0.2, 0.05]);
});

it('leaves out ends so far away that nothing else could be seen', () => {
  const [, upper] = courseSeries([moment(10, 0, -900, 900), moment(20, 0, -1, 1), moment(30, 0, -0.5, 0.5)]);
  expect(upper!.points.map(({ x }) => x)).toEqual([20, 30]);
});

it('draws the difference alone while nothing more can be said', () => {
  expect(courseSeries([moment(10, 0.5, null, null), moment(20, 0.4, null, null)]).map(({ name }) => name)).toEqual(['Difference']);
});
