import { Fragment } from 'react';

/** A name from a table, which may break after its separators rather than anywhere. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=[_\-./])/).map((part, index) => <Fragment key={index}>{index > 0 && <wbr />}{part}</Fragment>);
}
