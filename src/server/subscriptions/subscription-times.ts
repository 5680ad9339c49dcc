import { Injectable } from '@nestjs/common';

/** How long the connections of subscriptions are waited for, in milliseconds. */
@Injectable()
export class SubscriptionTimes {
  /** A reader who takes longer for what was sent is let go. */
  slowReaderMs = 10_000;
  /** Between two signs of life. Who gives none until the next is gone. */
  heartbeatMs = 15_000;
  /** From the connection to the first message of the protocol. */
  initMs = 5_000;
  /** From saying goodbye to hanging up. */
  goodbyeMs = 1_000;
}
