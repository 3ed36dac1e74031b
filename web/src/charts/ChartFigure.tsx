import { ActionIcon, Menu, Table, Text } from '@mantine/core';
import { IconChartLine, IconDots, IconDownload, IconPhoto, IconTable } from '@tabler/icons-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { formatNumber } from '@/components/format';
import { toCsv } from './csv';
import { saveFile, standaloneSvg, svgToPng } from './exportChart';
import classes from './ChartFigure.module.css';

/** The numbers behind a chart, for those who would rather read them. */
export interface ChartTable {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

interface ChartFigureProps {
  title: string;
  /** What it shows and how to read it. */
  description: ReactNode;
  table: ChartTable;
  /** Between the description and the picture, such as a switch. */
  controls?: ReactNode;
  /** False when the picture is not an SVG. */
  picture?: boolean;
  children: ReactNode;
}

const mostTableRows = 300;

/** A chart with its title, its meaning, its numbers as a table, and its picture as a file. */
export function ChartFigure({ title, description, table, controls, picture = true, children }: ChartFigureProps) {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const fileName = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');

  const savePicture = async (kind: 'svg' | 'png') => {
    const svg = drawing.current?.querySelector('svg');
    if (!svg) {
      return;
    }

    const source = standaloneSvg(svg, getComputedStyle(document.documentElement).getPropertyValue('--surface').trim() || '#ffffff');
    const { width, height } = svg.getBoundingClientRect();
    saveFile(`${fileName}.${kind}`, kind === 'svg' ? new Blob([source], { type: 'image/svg+xml' }) : await svgToPng(source, width, height));
  };

  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <div className={classes.head}>
        <figcaption>
          <div className={classes.title} id={id}>{title}</div>
          <div className={classes.description}>{description}</div>
        </figcaption>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Options of the chart ${title}`}><IconDots size={17} /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={asTable ? <IconChartLine size={15} /> : <IconTable size={15} />} onClick={() => setAsTable(!asTable)}>
              {asTable ? 'Show as a chart' : 'Show as a table'}
            </Menu.Item>
            <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => saveFile(`${fileName}.csv`, new Blob([toCsv(table.columns, table.rows)], { type: 'text/csv' }))}>
              Download numbers (CSV)
            </Menu.Item>
            {picture && !asTable && (
              <>
                <Menu.Item leftSection={<IconPhoto size={15} />} onClick={() => void savePicture('svg')}>Download picture (SVG)</Menu.Item>
                <Menu.Item leftSection={<IconPhoto size={15} />} onClick={() => void savePicture('png')}>Download picture (PNG)</Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {controls}
      {asTable ? <NumbersTable title={title} table={table} /> : <div ref={drawing}>{children}</div>}
    </figure>
  );
}

function NumbersTable({ title, table }: { title: string; table: ChartTable }) {
  const hidden = table.rows.length - mostTableRows;
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label={`${title}, as a table`}>
      <Table striped>
        <Table.Thead>
          <Table.Tr>{table.columns.map((column) => <Table.Th key={column} scope="col">{column}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.slice(0, mostTableRows).map((row, index) => (
            <Table.Tr key={index}>{row.map((cell, column) => <Table.Td key={column}>{typeof cell === 'number' ? formatNumber(cell) : cell}</Table.Td>)}</Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {hidden > 0 && <Text size="sm" c="dimmed" p="xs">{hidden} more rows are in the CSV download.</Text>}
    </div>
  );
}
