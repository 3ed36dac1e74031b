import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '@/testing';
import { ChartFigure } from './ChartFigure';
import { ConfusionMatrix } from './ConfusionMatrix';
import { Waterfall } from './Waterfall';

describe('a waterfall', () => {
  it('reads as a table from the starting point to the raw score', () => {
    draw(<Waterfall bias={-0.5} toward="CONFIRMED" contributions={[{ column: 'koi_depth', value: '615.8', contribution: 1.25 }, { column: 'koi_teq', value: null, contribution: -0.25 }]} />);
    const rows = screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('rowheader')[0]!.textContent + ' ' + row.lastElementChild!.textContent);
    expect(rows).toEqual(['Starting point \u22120.5', 'koi_depth +1.25', 'koi_teq \u22120.25', 'Raw score 0.5']);
    expect(screen.getByText('missing')).toBeInTheDocument();
  });
});

describe('a confusion matrix', () => {
  it('shows counts, or shares of each true class', () => {
    const { rerender } = draw(<ConfusionMatrix classNames={['no', 'yes']} counts={[[30, 10], [5, 15]]} shares={false} />);
    expect(screen.getByRole('cell', { name: '30' })).toBeInTheDocument();
    rerender(<ConfusionMatrix classNames={['no', 'yes']} counts={[[30, 10], [5, 15]]} shares />);
    expect(screen.getAllByRole('cell', { name: '75 %' })).toHaveLength(2);
  });
});

describe('a chart', () => {
  it('can be read as a table', async () => {
    draw(<ChartFigure title="ROC curve" description="How to read it" table={{ columns: ['x', 'y'], rows: [[0, 0.25]] }}><svg /></ChartFigure>);
    await userEvent.click(screen.getByRole('button', { name: 'Options of the chart ROC curve' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Show as a table' }));
    expect(screen.getByRole('cell', { name: '0.25' })).toBeInTheDocument();
  });
});
