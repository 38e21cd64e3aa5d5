import { mailHeaders, senderHost } from './mail-headers';

describe('mailHeaders', () => {
  it('names the language as the standard writes it', () => {
    expect(mailHeaders({ languageCode: 'pt_BR' })['Content-Language']).toBe('pt-BR');
  });

  it('offers to unsubscribe only where there is something to', () => {
    expect(mailHeaders({ languageCode: 'en' })).not.toHaveProperty('List-Unsubscribe');
    expect(mailHeaders({ languageCode: 'en', unsubscribeUrl: 'https://shop.example/u?t=1' })).toMatchObject({
      'List-Unsubscribe': '<https://shop.example/u?t=1>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });
});

describe('senderHost', () => {
  it.each([
    ['"Tradewind" <noreply@Shop.example>', 'shop.example'],
    ['noreply@shop.example', 'shop.example'],
    ['"a@b" <c@d.example>', 'd.example'],
    ['no address', 'localhost'],
  ])('%s: %s', (from, host) => {
    expect(senderHost(from)).toBe(host);
  });
});
