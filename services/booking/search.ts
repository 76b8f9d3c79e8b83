import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { slotKey, slotsKey } from "../../contracts/index-keys.ts";
import { type OpenSlot, SlotSearch, type SlotSearchAnswer } from "../../contracts/messages/booking-slot.ts";
import { answerOf, openSlot, windowOf } from "./core/search.ts";
import type { SearchPorts } from "./ports.ts";

const pageSize = 200;

type Reply = QueryReply<SlotSearchAnswer>;

/** `<start>|<slot id>`: what lies outside the window is passed by without a look at the slot. */
const startOf = (member: string): string => member.slice(0, member.indexOf("|"));
const slotIdOf = (member: string): string => member.slice(member.indexOf("|") + 1);

const find = async (ports: SearchPorts, viewer: string, search: SlotSearch): Promise<SlotSearchAnswer> => {
  const now = ports.now();
  const today = ports.localTime(now).slice(0, 10);
  const seeker = { search, viewer, now, today, directory: ports.directory, rules: ports.rules };
  const { from, to } = windowOf(seeker);
  const key = slotsKey(search.speciality);
  const found: OpenSlot[] = [];
  let after: string | undefined;
  do {
    const members = await ports.page(key, after, pageSize);
    const within = members.filter((member) => startOf(member) > from && startOf(member) < to);
    const hashes = await Promise.all(within.map((member) => ports.hgetall(slotKey(slotIdOf(member)))));
    found.push(...hashes.flatMap((hash) => openSlot(hash, seeker) ?? []));
    const last = members.at(-1);
    after = members.length < pageSize || last === undefined || startOf(last) >= to ? undefined : last;
  } while (after !== undefined && found.length < search.limit);
  return answerOf(found, seeker);
};

/**
 * The search for open places, served from the index: what it shows may have been taken meanwhile, and the slot itself decides
 * when a place is held.
 */
export const createSearch = (ports: SearchPorts): ((message: unknown) => Promise<Reply>) => {
  return async (message) => {
    const envelope = Envelope.safeParse(message);
    const search = envelope.success ? SlotSearch.safeParse(envelope.data.payload) : undefined;
    if (!envelope.success || envelope.data.type !== "booking.search" || search?.success !== true)
      return { status: "refused", code: "message-invalid" };
    return { status: "ok", value: await find(ports, envelope.data.sender, search.data) };
  };
};
