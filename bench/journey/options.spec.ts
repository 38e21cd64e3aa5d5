import { UserError } from '../../scripts/start/user-error';
import { USAGE, parseOptions } from './options';

describe('parseOptions', () => {
  it('has a default for everything', () => {
    expect(parseOptions([])).toMatchObject({ products: 1000, rounds: 2, mode: 'embedded', reuse: false });
  });

  it('reads what is given', () => {
    const options = parseOptions([
      '--products',
      '200',
      '--vus=4',
      '--mode',
      'full',
      '--reuse',
      '--pg-port',
      '54336',
    ]);
    expect(options).toMatchObject({ products: 200, vus: 4, mode: 'full', reuse: true, pgPort: 54336 });
  });

  it.each([
    ['--rounds', '0'],
    ['--rounds', '11'],
    ['--seconds', '601'],
    ['--vus', 'many'],
    ['--products', '-5'],
    ['--requests', '1e3'],
  ])('refuses %s %s and names the bounds', (name, value) => {
    expect(() => parseOptions([`${name}=${value}`])).toThrow(UserError);
    expect(() => parseOptions([`${name}=${value}`])).toThrow(
      new RegExp(`${name}.*"${value}".*from \\d+ to \\d+`),
    );
  });

  it('refuses an unknown mode and an unknown option, the latter with the usage', () => {
    expect(() => parseOptions(['--mode', 'half'])).toThrow('embedded or full');
    expect(() => parseOptions(['--turbo'])).toThrow(USAGE);
  });
});
