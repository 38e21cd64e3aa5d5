/** What shoppers and staff read. `error` and `errorResult` are the API's errors, `message` their parts. */
export const translations = {
  en: {
    errorResult: {
      LINES_UNAVAILABLE_ERROR: 'Not everything in your order is available any more: {names}',
    },
    message: {
      'line-no-longer-available': '{name} is no longer available.',
      'line-partly-available':
        '{name} is no longer available in this quantity: you asked for {asked}, {left, plural, one {only 1 is} other {only # are}} left.',
      'location-in-use':
        'This location still has {allocated} allocated and {held} held units. Name the location that takes its stock over, or wait until they are sent.',
    },
    error: {
      'stock-not-available':
        'Only {left} of the {asked} units of order line {orderLineId} are left. Nothing was changed.',
      'transition-failed':
        'This could not be moved from {from} to {to}: something went wrong. Try again, or tell the shop.',
      'transaction-needed':
        'Stock can only be changed inside a transaction ({operation}): use @Transaction() or withTransaction().',
      'unknown-stock': 'This channel does not have one of the variants or stock locations.',
      'invalid-cursor': 'This is no cursor: take the nextCursor of the page before.',
      'too-many': 'That is too much at once: at most {max}.',
      'page-out-of-range': 'A page begins at 0 or later and has 1 to {max} entries.',
    },
  },
  de: {
    errorResult: {
      LINES_UNAVAILABLE_ERROR: 'Nicht alles in Ihrer Bestellung ist noch verfügbar: {names}',
    },
    message: {
      'line-no-longer-available': '{name} ist nicht mehr verfügbar.',
      'line-partly-available':
        '{name} ist in dieser Menge nicht mehr verfügbar: bestellt {asked}, noch {left} vorhanden.',
      'location-in-use':
        'An diesem Lagerort sind noch {allocated} Stück zugeteilt und {held} zurückgehalten. Nennen Sie den Lagerort, der den Bestand übernimmt, oder warten Sie, bis sie versendet sind.',
    },
    error: {
      'stock-not-available':
        'Von den {asked} Stück der Bestellposition {orderLineId} sind nur noch {left} da. Es wurde nichts geändert.',
      'transition-failed':
        'Der Wechsel von {from} zu {to} ist fehlgeschlagen. Bitte erneut versuchen oder dem Shop melden.',
      'transaction-needed':
        'Bestände lassen sich nur innerhalb einer Transaktion ändern ({operation}): @Transaction() oder withTransaction() verwenden.',
      'unknown-stock': 'Eine der Varianten oder einen der Lagerorte gibt es in diesem Kanal nicht.',
      'invalid-cursor': 'Das ist kein Cursor: nextCursor der Seite davor verwenden.',
      'too-many': 'Das ist zu viel auf einmal: höchstens {max}.',
      'page-out-of-range': 'Eine Seite beginnt bei 0 oder später und hat 1 bis {max} Einträge.',
    },
  },
};
