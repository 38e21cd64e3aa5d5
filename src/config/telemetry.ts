/**
 * Nothing in a shop reports to anybody. The libraries read these settings from the environment, so they are
 * written there, whatever it said before, and child processes (the compiler of the Admin UI) inherit them.
 *
 * - Vendure sends a description of the installation 5 s after the start and every day.
 * - Angular's command line asks for, and may remember, a consent to statistics.
 */
export function turnOffTelemetry(): void {
  process.env.VENDURE_DISABLE_TELEMETRY = 'true';
  process.env.NG_CLI_ANALYTICS = 'false';
}
