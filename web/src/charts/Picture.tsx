import { useMemo } from 'react';
import classes from './Picture.module.css';
import { pictureText } from './pictureText';

/** A picture that the server drew, as SVG: the same as in reports. Its title and description are read out. */
export function Picture({ svg }: { svg: string }) {
  const { title, description } = useMemo(() => pictureText(svg), [svg]);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={title}>
      <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} alt={`${title}. ${description}`} />
    </div>
  );
}
