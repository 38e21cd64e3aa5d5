/** What shoppers and staff read. `error` and `errorResult` are the API's errors. */
export const translations = {
  en: {
    errorResult: {
      PAYMENT_IN_PROGRESS_ERROR:
        'A payment is already being made. Wait for its result; you will not be charged twice.',
      PAYMENT_OUTCOME_UNKNOWN_ERROR:
        'The payment provider has not answered. We are asking it what became of the payment; do not pay again.',
      PAYMENT_ACTION_REQUIRED_ERROR: 'Confirm the payment with your bank or payment service to go on.',
      PAYMENT_RETURNED_ERROR:
        'The order could not be placed. You have not been charged, or you get the money back.',
      FRAUD_DETECTED_ERROR: 'Transaction flagged for potential fraud',
      PAYMENT_INPUT_ERROR: 'The payment cannot be made with what was sent: {problem}',
    },
  },
  de: {
    errorResult: {
      PAYMENT_IN_PROGRESS_ERROR:
        'Es läuft bereits eine Zahlung. Warten Sie auf ihr Ergebnis; es wird nicht doppelt abgebucht.',
      PAYMENT_OUTCOME_UNKNOWN_ERROR:
        'Der Zahlungsanbieter hat nicht geantwortet. Wir fragen dort nach, was aus der Zahlung wurde; zahlen Sie nicht noch einmal.',
      PAYMENT_ACTION_REQUIRED_ERROR: 'Bestätigen Sie die Zahlung bei Ihrer Bank oder Ihrem Zahlungsdienst.',
      PAYMENT_RETURNED_ERROR:
        'Die Bestellung konnte nicht aufgegeben werden. Es wurde nichts abgebucht, oder Sie erhalten das Geld zurück.',
      FRAUD_DETECTED_ERROR: 'Die Zahlung wurde wegen Betrugsverdachts abgelehnt.',
      PAYMENT_INPUT_ERROR: 'Mit diesen Angaben kann nicht bezahlt werden: {problem}',
    },
  },
};
