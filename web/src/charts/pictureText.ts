/** What a picture says of itself. */
export function pictureText(svg: string): { title: string; description: string } {
  const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const text = (element: string) => drawing.querySelector(element)?.textContent?.trim() ?? '';
  return { title: text('title'), description: text('desc') };
}
