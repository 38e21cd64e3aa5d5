import { captureTests } from './domain-events/capture';
import { killedWorkerTests } from './domain-events/killed-workers';
import { outboxTests } from './domain-events/outbox';
import { staffTests } from './domain-events/staff';
import { troubleTests } from './domain-events/trouble';
import { EventsShop } from './support/events-shop';

/** One shop for all subjects: to start it takes as long as most of them. */
const events = new EventsShop();

beforeAll(() => events.start(), 180_000);
afterAll(() => events.stop(), 60_000);

outboxTests(events);
captureTests(events);
troubleTests(events);
staffTests(events);
// Last: it kills the workers.
killedWorkerTests(events);
