import { expect, it } from 'vitest';
import { EventStreamParser } from './eventStream';

it('cuts a stream into events wherever it was torn apart', () => {
  const text = ': hello\r\nid: 7\r\nevent: log\r\ndata: {"a":1}\r\n\r\ndata: first\ndata: second\n\nevent: empty\n\n';
  const whole = new EventStreamParser().push(text);
  expect(whole).toEqual([{ id: '7', event: 'log', data: '{"a":1}' }, { id: '7', event: 'message', data: 'first\nsecond' }]);
  for (let cut = 1; cut < text.length; cut++) {
    const parser = new EventStreamParser();
    expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))]).toEqual(whole);
  }
});

it('keeps what is not finished for later', () => {
  const parser = new EventStreamParser();
  expect(parser.push('data: half')).toEqual([]);
  expect(parser.push(' and half\n\n')).toEqual([{ id: null, event: 'message', data: 'half and half' }]);
});
