import { registerReactCustomDetailComponent } from '@vendure/admin-ui/react';
import { OrderTimeline } from './order-timeline';

export default [registerReactCustomDetailComponent({ locationId: 'order-detail', component: OrderTimeline })];
