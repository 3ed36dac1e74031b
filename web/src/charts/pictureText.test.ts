import { describe, expect, it } from 'vitest';
import { pictureText } from './pictureText';

describe('a picture of the server', () => {
  it('says what it shows and what it says', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title id="a">What moves rain &amp; snow</title><desc>depth by 2.</desc><rect width="1" height="1"/></svg>';
    expect(pictureText(svg)).toEqual({ title: 'What moves rain & snow', description: 'depth by 2.' });
  });

  it('that is none says nothing', () => {
    expect(pictureText('<svg')).toEqual({ title: '', description: '' });
  });
});
