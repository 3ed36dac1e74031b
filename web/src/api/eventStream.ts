/** One server-sent event. */
export interface StreamEvent {
  id: string | null;
  event: string;
  data: string;
}

/** Cuts a text/event-stream, arriving in arbitrary pieces, into events (WHATWG HTML, section 9.2). */
export class EventStreamParser {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private id: string | null = null;

  push(piece: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    this.rest += piece;
    // A lone \r at the very end may be the first half of \r\n: leave it for the next piece.
    const lines = this.rest.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) {
          events.push({ id: this.id, event: this.event || 'message', data: this.data.join('\n') });
        }

        this.event = '';
        this.data = [];
      } else {
        this.field(line);
      }
    }

    return events;
  }

  private field(line: string) {
    const colon = line.indexOf(':');
    if (colon === 0) {
      return;
    }

    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') {
      this.data.push(value);
    } else if (name === 'event') {
      this.event = value;
    } else if (name === 'id') {
      this.id = value;
    }
  }
}
