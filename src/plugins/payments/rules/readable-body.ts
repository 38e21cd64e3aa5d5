/**
 * The values of a message's body, to be looked through; its meaning is the adapter's business.
 *
 * @returns undefined when it is not what its content type says
 */
export function valuesOf(body: Buffer, contentType: string): unknown {
  const text = body.toString('utf8');
  if (/^application\/json/i.test(contentType)) {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null ? value : undefined;
    } catch {
      // The parser's own words repeat the body.
      return undefined;
    }
  }
  const fields = [...new URLSearchParams(text)];
  // As a list: of two fields with one name, an object would hide the first.
  return fields.length === 0 ? undefined : fields.map(([name, value]) => ({ [name]: value }));
}
