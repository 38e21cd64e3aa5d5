import type { Client } from 'pg';
import { Schema } from './schema';

const read = (rows: { table: string; columns: string[] }[]) =>
  Schema.read({ query: () => Promise.resolve({ rows }) } as unknown as Client);

describe('Schema', () => {
  it('leaves out custom fields that a stock shop lacks', async () => {
    const schema = await read([{ table: 'product_variant_price', columns: ['id', 'price'] }]);
    const columns = ['id', 'price', 'customFieldsListprice'];
    expect(schema.writable('product_variant_price', columns)).toEqual(['id', 'price']);
  });

  it('keeps those that are there, and the order', async () => {
    const schema = await read([{ table: 'customer', columns: ['customFieldsGender', 'id'] }]);
    expect(schema.writable('customer', ['id', 'customFieldsGender'])).toEqual(['id', 'customFieldsGender']);
  });

  it('names what else is missing, and how to mend it', async () => {
    const schema = await read([{ table: 'product', columns: ['id'] }]);
    expect(() => schema.writable('product', ['id', 'enabled'])).toThrow(
      'The database has no column "enabled" in the table "product". Bring its schema up to date first: npm run migrate',
    );
  });
});
