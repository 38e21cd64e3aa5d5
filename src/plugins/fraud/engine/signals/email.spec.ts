import * as fc from 'fast-check';
import { emailSignals, entropy, mailboxOf, normalizeEmail } from './email';

describe('signals of an e-mail address', () => {
  it('are told of the address in lower case', () => {
    expect(emailSignals(' Ada.Byron42@Example.COM ')).toEqual({
      'email.address': 'ada.byron42@example.com',
      'email.domain': 'example.com',
      'email.disposable': false,
      'email.digits': 2,
      'email.entropy': entropy('ada.byron42'),
    });
  });

  it.each([
    ['mailinator.com', true],
    ['inbox.mailinator.com', true],
    ['notmailinator.com.example', false],
    ['com', false],
  ])('%s gives out throw-away addresses: %s', (domain, disposable) => {
    expect(emailSignals(`a@${domain}`)['email.disposable']).toBe(disposable);
  });

  it.each(['', ' ', 'ada', '@example.com', 'a@', 'a b@example.com', `${'a'.repeat(250)}@example.com`, null])(
    'are missing for %j',
    text => expect(emailSignals(text)).toEqual({}),
  );

  it('tell random names from spoken ones', () => {
    expect(entropy('aaaa')).toBe(0);
    expect(entropy('abcd')).toBe(2);
    expect(entropy('')).toBe(0);
  });

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text =>
        Object.values(emailSignals(text)).every(value => value === value),
      ),
    );
  });
});

describe('the mailbox behind an address', () => {
  it.each([
    ['ada+shop@example.com', 'ada@example.com'],
    ['a.d.a@example.com', 'a.d.a@example.com'],
    ['a.d.a+x+y@googlemail.com', 'ada@gmail.com'],
    ['+@example.com', '+@example.com'],
  ])('of %s is %s', (address, mailbox) => expect(mailboxOf(address)).toBe(mailbox));

  it('is an address, and its own mailbox', () => {
    fc.assert(
      fc.property(fc.emailAddress(), text => {
        const address = normalizeEmail(text);
        if (address === undefined) return;
        const mailbox = mailboxOf(address);
        expect(mailboxOf(mailbox)).toBe(mailbox);
      }),
    );
  });
});
