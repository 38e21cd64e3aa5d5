/** What staff read when routing rules are refused; `payment-routing-...` are the problems by their codes. */
export const routingTranslations = {
  en: {
    error: {
      'payment-routing-default-channel':
        'The routing rules are those of all channels. Change to the default channel.',
      'payment-routing-page': 'A page begins at 0 or later and has 1 to {max} entries.',
    },
    errorResult: {
      PAYMENT_ROUTING_INVALID_ERROR:
        'The rules were not saved: {count, plural, one {one thing is} other {# things are}} wrong with them.',
      PAYMENT_ROUTING_STALE_ERROR:
        'The rules were not saved: version {currentVersion} was saved meanwhile. Load it and make your changes there.',
    },
    message: {
      'payment-routing-malformed': 'This is not what belongs here. Correct it, or leave it out.',
      'payment-routing-too-many-rules': 'A table has {max} rules at most. Join some of them.',
      'payment-routing-rule-id':
        'Give the rule an id of 1 to 64 letters, digits, dashes and underscores, and keep it.',
      'payment-routing-rule-name': 'Give the rule a name of 1 to {max} characters.',
      'payment-routing-condition-empty': 'Name at least one, or leave this condition out.',
      'payment-routing-condition-too-long': 'Name {max} at most.',
      'payment-routing-amount': 'Give a whole number of minor units (cents), 0 or more.',
      'payment-routing-method-type': 'Choose from {known}.',
      'payment-routing-targets-empty': 'Name at least one provider that takes these payments.',
      'payment-routing-too-many-providers': 'Name {max} providers at most.',
      'payment-routing-weight':
        'Give a whole number from 1 to {max}. To give a provider nothing, take it out of the rule.',
      'payment-routing-note-too-long': 'Write {max} characters at most.',
      'payment-routing-duplicate-id': 'Another rule has the id {id}. Give this one its own.',
      'payment-routing-duplicate-provider': '{provider} is in this list already. Name it once.',
      'payment-routing-unknown-provider': 'This shop has no provider {provider}. Choose from: {known}.',
      'payment-routing-unknown-currency':
        'There is no currency {value}. Give codes of three letters, such as EUR.',
      'payment-routing-unknown-country':
        'There is no country {value}. Give codes of two letters, such as DE.',
      'payment-routing-unknown-channel': 'There is no channel with the id {value}.',
      'payment-routing-unknown-customer-group': 'There is no customer group with the id {value}.',
      'payment-routing-amount-without-currency': 'Say in which currency the amounts are.',
      'payment-routing-currency-without-amount':
        'Give a least or a greatest amount. To ask for the currency alone, use the currencies.',
      'payment-routing-min-above-max': 'The greatest amount is below the least one. Give {min} or more.',
      'payment-routing-currencies-conflict':
        'The amounts are in {currency}, but the rule is for {currencies}: it would never hold. Make them agree.',
      'payment-routing-unreachable':
        'No payment comes here: the rule “{name}” above takes all of them. Move this rule up, or remove it.',
      'payment-routing-provider-cannot':
        '{provider} cannot do {types}: it is passed over for these payments.',
    },
  },
  de: {
    error: {
      'payment-routing-default-channel':
        'Die Regeln gelten für alle Kanäle. Bitte in den Standardkanal wechseln.',
      'payment-routing-page': 'Eine Seite beginnt bei 0 oder später und hat 1 bis {max} Einträge.',
    },
    errorResult: {
      PAYMENT_ROUTING_INVALID_ERROR:
        'Die Regeln wurden nicht gespeichert: {count, plural, one {eine Angabe ist} other {# Angaben sind}} falsch.',
      PAYMENT_ROUTING_STALE_ERROR:
        'Die Regeln wurden nicht gespeichert: Inzwischen gibt es die Version {currentVersion}. Bitte diese laden und dort ändern.',
    },
    message: {
      'payment-routing-malformed': 'Das gehört nicht hierher. Bitte berichtigen oder weglassen.',
      'payment-routing-too-many-rules':
        'Es sind höchstens {max} Regeln möglich. Bitte einige zusammenfassen.',
      'payment-routing-rule-id':
        'Die Regel braucht eine bleibende Kennung aus 1 bis 64 Buchstaben, Ziffern, Binde- und Unterstrichen.',
      'payment-routing-rule-name': 'Die Regel braucht einen Namen von 1 bis {max} Zeichen.',
      'payment-routing-condition-empty': 'Bitte mindestens einen Wert nennen oder die Bedingung weglassen.',
      'payment-routing-condition-too-long': 'Bitte höchstens {max} nennen.',
      'payment-routing-amount': 'Bitte eine ganze Zahl kleinster Einheiten (Cent) ab 0 angeben.',
      'payment-routing-method-type': 'Möglich sind: {known}.',
      'payment-routing-targets-empty':
        'Bitte mindestens einen Anbieter nennen, der diese Zahlungen übernimmt.',
      'payment-routing-too-many-providers': 'Bitte höchstens {max} Anbieter nennen.',
      'payment-routing-weight':
        'Bitte eine ganze Zahl von 1 bis {max} angeben. Ein Anbieter, der nichts bekommen soll, gehört nicht in die Regel.',
      'payment-routing-note-too-long': 'Bitte höchstens {max} Zeichen schreiben.',
      'payment-routing-duplicate-id':
        'Die Kennung {id} hat schon eine andere Regel. Bitte eine eigene vergeben.',
      'payment-routing-duplicate-provider':
        '{provider} steht schon in dieser Liste. Bitte nur einmal nennen.',
      'payment-routing-unknown-provider':
        'Den Anbieter {provider} gibt es in diesem Shop nicht. Möglich sind: {known}.',
      'payment-routing-unknown-currency':
        'Die Währung {value} gibt es nicht. Bitte Kürzel aus drei Buchstaben angeben, etwa EUR.',
      'payment-routing-unknown-country':
        'Das Land {value} gibt es nicht. Bitte Kürzel aus zwei Buchstaben angeben, etwa DE.',
      'payment-routing-unknown-channel': 'Es gibt keinen Kanal mit der ID {value}.',
      'payment-routing-unknown-customer-group': 'Es gibt keine Kundengruppe mit der ID {value}.',
      'payment-routing-amount-without-currency': 'Bitte die Währung der Beträge angeben.',
      'payment-routing-currency-without-amount':
        'Bitte einen kleinsten oder größten Betrag angeben. Für die Währung allein gibt es die Währungen.',
      'payment-routing-min-above-max':
        'Der größte Betrag liegt unter dem kleinsten. Bitte {min} oder mehr angeben.',
      'payment-routing-currencies-conflict':
        'Die Beträge sind in {currency}, die Regel gilt aber für {currencies}: Sie träfe nie zu. Bitte angleichen.',
      'payment-routing-unreachable':
        'Hier kommt keine Zahlung an: Die Regel „{name}“ darüber nimmt alle. Bitte diese Regel nach oben schieben oder entfernen.',
      'payment-routing-provider-cannot':
        '{provider} kann {types} nicht und wird bei diesen Zahlungen übergangen.',
    },
  },
};
