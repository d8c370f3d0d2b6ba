export {
  type Attempt,
  type DeliveryLog,
  type DueDelivery,
  deliveriesOf,
  messageId,
  PAGE_OF_DELIVERIES,
  recordAttempt,
  replay,
  sendTestEvent,
  takeDue,
} from './deliveries.ts'
export {
  addEndpoint,
  changeEndpoint,
  type Endpoint,
  endpointById,
  listEndpoints,
  lockEndpoint,
  rotateSecret,
} from './endpoints.ts'
export { isLoopbackAddress, isPublicAddress, type Reach } from './public-address.ts'
export { signatures } from './signature.ts'
