/** What shoppers and staff read. `error` and `errorResult` are the API's errors. */
export const translations = {
  en: {
    error: {
      'payment-refund-under-way':
        'Other refunds of this payment are under way, and not enough is left of it. Wait for them and try again.',
      'payment-capture-under-way':
        'This payment is being captured or cancelled at this moment. Wait for it and try again.',
    },
    errorResult: {
      PAYMENT_IN_PROGRESS_ERROR:
        'A payment is already being made. Wait for its result; you will not be charged twice.',
      PAYMENT_OUTCOME_UNKNOWN_ERROR:
        'The payment provider has not answered. We are asking it what became of the payment; do not pay again.',
      PAYMENT_ACTION_REQUIRED_ERROR: 'Confirm the payment with your bank or payment service to go on.',
      PAYMENT_RETURNED_ERROR:
        'The order could not be placed. You have not been charged, or you get the money back.',
      CAPTURE_AMOUNT_ERROR: 'Nothing was captured: enter an amount between one minor unit and what is left.',
      PARTIAL_CAPTURE_NOT_SUPPORTED_ERROR:
        'This payment can only be captured as a whole. Capture all of it and refund the rest.',
      PAYMENT_ATTEMPT_DECIDED_ERROR:
        'This attempt is {status}: only one that is unknown, and whose provider cannot be asked, is decided by staff.',
      FRAUD_DETECTED_ERROR: 'Transaction flagged for potential fraud',
      PAYMENT_INPUT_ERROR: 'The payment cannot be made with what was sent: {problem}',
      CARD_DATA_REFUSED_ERROR:
        'Card data must not be sent to the shop ({field}). Nothing was kept of it: send the token of the payment provider instead.',
      PAYMENT_WEBHOOK_STATE_ERROR: 'This message is {state}: there is nothing to try again.',
      SAVED_METHODS_UNAVAILABLE_ERROR: 'Payment methods cannot be saved with this provider.',
      SAVED_METHOD_LIMIT_ERROR: 'You have {limit} saved payment methods already: remove one first.',
      SAVED_METHOD_REFUSED_ERROR: 'The payment method could not be saved ({failureCode}).',
      SAVED_METHOD_UNKNOWN_ERROR:
        'The payment provider did not answer. Nothing is saved in the shop: try again in a moment.',
      SAVED_METHOD_NOT_FOUND_ERROR: 'You have no such payment method.',
    },
  },
  de: {
    error: {
      'payment-refund-under-way':
        'Es laufen bereits Erstattungen dieser Zahlung, und es ist nicht genug übrig. Warten Sie auf sie und versuchen Sie es noch einmal.',
      'payment-capture-under-way':
        'Diese Zahlung wird gerade eingezogen oder storniert. Warten Sie darauf und versuchen Sie es noch einmal.',
    },
    errorResult: {
      PAYMENT_IN_PROGRESS_ERROR:
        'Es läuft bereits eine Zahlung. Warten Sie auf ihr Ergebnis; es wird nicht doppelt abgebucht.',
      PAYMENT_OUTCOME_UNKNOWN_ERROR:
        'Der Zahlungsanbieter hat nicht geantwortet. Wir fragen dort nach, was aus der Zahlung wurde; zahlen Sie nicht noch einmal.',
      PAYMENT_ACTION_REQUIRED_ERROR: 'Bestätigen Sie die Zahlung bei Ihrer Bank oder Ihrem Zahlungsdienst.',
      PAYMENT_RETURNED_ERROR:
        'Die Bestellung konnte nicht aufgegeben werden. Es wurde nichts abgebucht, oder Sie erhalten das Geld zurück.',
      CAPTURE_AMOUNT_ERROR:
        'Es wurde nichts eingezogen: Geben Sie einen Betrag zwischen einer kleinsten Einheit und dem Rest ein.',
      PARTIAL_CAPTURE_NOT_SUPPORTED_ERROR:
        'Diese Zahlung kann nur ganz eingezogen werden. Ziehen Sie alles ein und erstatten Sie den Rest.',
      PAYMENT_ATTEMPT_DECIDED_ERROR:
        'Dieser Versuch ist {status}: Nur über einen unbekannten, dessen Anbieter nicht gefragt werden kann, entscheidet das Personal.',
      FRAUD_DETECTED_ERROR: 'Die Zahlung wurde wegen Betrugsverdachts abgelehnt.',
      PAYMENT_INPUT_ERROR: 'Mit diesen Angaben kann nicht bezahlt werden: {problem}',
      CARD_DATA_REFUSED_ERROR:
        'Kartendaten dürfen nicht an den Shop gesendet werden ({field}). Es wurde nichts davon aufbewahrt: Bitte das Token des Zahlungsanbieters senden.',
      PAYMENT_WEBHOOK_STATE_ERROR: 'Diese Nachricht ist bereits verarbeitet ({state}).',
      SAVED_METHODS_UNAVAILABLE_ERROR: 'Bei diesem Anbieter lassen sich keine Zahlungsmittel speichern.',
      SAVED_METHOD_LIMIT_ERROR:
        'Sie haben bereits {limit} gespeicherte Zahlungsmittel: Bitte zuerst eines entfernen.',
      SAVED_METHOD_REFUSED_ERROR: 'Das Zahlungsmittel konnte nicht gespeichert werden ({failureCode}).',
      SAVED_METHOD_UNKNOWN_ERROR:
        'Der Zahlungsanbieter hat nicht geantwortet. Im Shop ist nichts gespeichert: Bitte gleich noch einmal versuchen.',
      SAVED_METHOD_NOT_FOUND_ERROR: 'Sie haben kein solches Zahlungsmittel.',
    },
  },
};
