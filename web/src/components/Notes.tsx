import { IconInfoCircle } from '@tabler/icons-react';
import classes from './Notes.module.css';

/** What was repaired, assumed or should be known, one line each. */
export function Notes({ notes, title }: { notes: readonly string[]; title?: string }) {
  if (notes.length === 0) {
    return null;
  }

  return (
    <div className={classes.notes}>
      <IconInfoCircle size={17} className={classes.icon} aria-hidden />
      <div>
        {title && <div className={classes.title}>{title}</div>}
        <ul className={classes.list}>{notes.map((note, index) => <li key={index}>{note}</li>)}</ul>
      </div>
    </div>
  );
}
