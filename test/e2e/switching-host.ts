/**
 * The plan of one run: the seed, the number of switches, and the API's answers. In the answers,
 * `@@` stands for the agent and the property of the request's token.
 */
export type HostSwitchPlan = { seed: number; switches: number; answers: [path: string, json: string][] };

/**
 * The result of a run. The counts show that the run has launched campaigns, aborted requests and
 * shown data.
 */
export type HostSwitchReport = { faults: string[]; launches: number; aborted: number; shown: number };

/**
 * Acts as a host in the page. Changes the property and the agent at random moments, while contacts,
 * tokens and answers are still loading, and clicks buttons of the tab in between. Checks every
 * request, event and screen against the agent and the property of the moment.
 */
export async function switchHostAtRandom({
  seed,
  switches,
  answers,
}: HostSwitchPlan): Promise<HostSwitchReport> {
  const agents = ["Ann", "Bob", "Cyd"] as const;
  const propertyIds = ["p_1", "p_2", "p_3"] as const;
  const report: HostSwitchReport = { faults: [], launches: 0, aborted: 0, shown: 0 };
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
  const wait = (longestMs: number) => new Promise((done) => setTimeout(done, random() * longestMs));

  type Host = { agent: string | null; propertyId: string };
  const host: Host = { agent: null, propertyId: "p_1" };
  const element = document.createElement("doorknock-campaigns") as HTMLElement & {
    property: unknown;
    contacts: unknown;
  };
  const doorknock = Reflect.get(window as object, "Doorknock") as { push(...calls: unknown[][]): void };
  const owners = new Map<number, { agent: string; propertyId: string }>();
  const say = (fault: string) => report.faults.push(`${fault} (now ${host.agent} at ${host.propertyId})`);

  let inFlight = 0;
  const fakeFetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const bearer = new Headers(init?.headers).get("authorization")?.split(".")[1] ?? "";
    const { sub: agent, prop: propertyId } = JSON.parse(atob(bearer)) as { sub: string; prop: string };
    const body = typeof init?.body === "string" ? init.body : "";
    const isLaunch = init?.method === "POST" && url.pathname === "/api/campaigns";
    if (agent !== host.agent) say(`${url.pathname} is sent as ${agent}`);
    // The request of a confirmed launch may still be sent after the drawer has switched to another
    // property.
    if (propertyId !== host.propertyId && !isLaunch) say(`${url.pathname} is sent for ${propertyId}`);
    for (const [named] of `${url.pathname}${url.search}${body}`.matchAll(/p_\d/g))
      if (named !== propertyId) say(`${url.pathname} for ${propertyId} carries ${named}`);
    inFlight += 1;
    await wait(8);
    inFlight -= 1;
    if (init?.signal?.aborted) {
      report.aborted += 1;
      throw init.signal.reason;
    }
    const answer = answers.find(([path]) =>
      new RegExp(`^${path}$`).test(`${init?.method ?? "GET"} ${url.pathname}`),
    );
    const text = (answer?.[1] ?? '{"error":{"code":"notFound","message":"Nothing","requestId":"r"}}')
      .replaceAll("@@", `${agent} at ${propertyId}`)
      .replaceAll("@p@", propertyId);
    if (isLaunch) {
      report.launches += 1;
      const id = 1000 + report.launches;
      owners.set(id, { agent, propertyId });
      return new Response(JSON.stringify({ ...JSON.parse(text), id }), { status: 201 });
    }
    return new Response(text, { status: answer ? 200 : 404 });
  };
  window.fetch = fakeFetch;

  /** Checks the text on the screen against the current agent and property. */
  const look = (moment: string) => {
    const text = element.shadowRoot?.textContent ?? "";
    if (text.includes(" at p_")) report.shown += 1;
    for (const [named] of text.matchAll(/p_\d/g))
      if (named !== host.propertyId) say(`${moment}: the screen shows ${named}`);
    for (const [, agent] of text.matchAll(/(Ann|Bob|Cyd) at p_/g))
      if (agent !== host.agent) say(`${moment}: the screen is ${agent}'s`);
  };
  const checkEvent = (event: Event) => {
    const { propertyId, campaignId, code, message } = (event as CustomEvent).detail;
    if (code === "crashed") say(`the tab crashed: ${message}`);
    if (event.target === element && propertyId !== host.propertyId) say(`${event.type} of ${propertyId}`);
    const owner = owners.get(campaignId);
    if (owner && owner.agent !== host.agent) say(`${event.type} of ${owner.agent}`);
    if (owner && owner.propertyId !== propertyId) say(`${event.type} names ${propertyId}`);
  };
  for (const type of ["ready", "error", "auth-required", "campaign-launched"])
    document.addEventListener(`dk:${type}`, checkEvent);

  const fetchToken = async (agent: string | null, propertyId: string) => {
    if (agent === null) say("a token is asked for after logout");
    await wait(5);
    return `h.${btoa(JSON.stringify({ sub: agent, prop: propertyId, role: "agent" }))}.s`;
  };
  type GetToken = (context: { propertyId: string }) => Promise<string>;
  const createGetToken =
    (agent: string): GetToken =>
    ({ propertyId }) => {
      if (agent !== host.agent) say(`a token of ${agent} is asked for`);
      return fetchToken(agent, propertyId);
    };
  /**
   * Returns a token for the agent whom the host's cookie names. The host uses this one function for
   * all agents.
   */
  const getTokenByCookie: GetToken = ({ propertyId }) => fetchToken(host.agent, propertyId);
  const signIn = (agent: string, getToken: GetToken) => {
    host.agent = agent;
    doorknock.push(["init", { api: location.origin, getToken }]);
    look("after init");
  };
  /**
   * Loads the contacts and sets the contacts on the element, as a host does. A careless host does
   * not check whether the drawer still shows the property.
   */
  const loadContacts = async (propertyId: string, isCareless: boolean) => {
    await wait(6);
    if (!isCareless && host.propertyId !== propertyId) return;
    const ids = isCareless ? { propertyId } : {};
    element.property = { ...ids, UnparsedAddress: `${propertyId} Main St` };
    element.contacts = [
      { ...ids, ContactKey: propertyId, FullName: `Owner ${propertyId}`, Email: `${propertyId}@example.com` },
    ];
  };
  const showProperty = (propertyId: string) => {
    host.propertyId = propertyId;
    element.setAttribute("property-id", propertyId);
    void loadContacts(propertyId, random() < 0.5);
  };
  const listButtons = () => {
    const root = element.shadowRoot?.querySelector("dialog") ?? element.shadowRoot;
    const all = [...(root?.querySelectorAll<HTMLElement>("button, input[type=checkbox]") ?? [])];
    const usable = all.filter((one) => one.getAttribute("aria-disabled") !== "true");
    const leading = usable.filter((one) => /^(Launch|New outreach)/.test(one.textContent ?? ""));
    return { usable, leading };
  };
  const isLoading = () =>
    inFlight > 0 || element.shadowRoot?.querySelector('.skeleton, [aria-busy="true"]') !== null;
  /**
   * Clicks a button of the tab, preferably a button on the way to a launch. While the tab loads,
   * waits at most `patienceMs` for such a button.
   */
  const click = async (patienceMs: number) => {
    const until = performance.now() + patienceMs;
    while (listButtons().leading.length === 0 && isLoading() && performance.now() < until) await wait(5);
    const { usable, leading } = listButtons();
    if (usable.length > 0) pick(leading.length > 0 && random() < 0.85 ? leading : usable).click();
  };

  /** Shows another property, and waits until the tab has sent requests about this property. */
  const startRequests = async () => {
    showProperty(pick(propertyIds.filter((propertyId) => propertyId !== host.propertyId)));
    const until = performance.now() + 1_000;
    while (inFlight === 0 && performance.now() < until) await wait(1);
  };

  signIn("Ann", getTokenByCookie);
  showProperty("p_1");
  document.body.append(element);
  for (let done = 0; done < switches; done += 1) {
    for (let clicks = Math.floor(random() * 8); clicks > 0; clicks -= 1) {
      // Half of the clicks wait longer for a button, so that launches also happen on a slow
      // machine.
      await click(random() < 0.5 ? random() * 200 : 3_000);
      await wait(20);
      look("between clicks");
    }
    const dice = random();
    // Half of the sign-ins and logouts first wait until the tab has sent requests, so that requests
    // are aborted on a fast machine, too.
    if (dice >= 0.5 && dice < 0.9 && random() < 0.5) await startRequests();
    if (dice < 0.5) showProperty(pick(propertyIds));
    else if (dice < 0.75) {
      const agent = pick(agents);
      signIn(agent, createGetToken(agent));
    } else if (dice < 0.9) {
      host.agent = null;
      doorknock.push(["logout"]);
      look("after logout");
      if (random() < 0.5) await wait(2);
      signIn(pick(agents), getTokenByCookie);
    } else {
      element.remove();
      if (random() < 0.5) await wait(3);
      showProperty(pick(propertyIds));
      document.body.append(element);
    }
    await null;
    await wait(0);
    look("after a switch");
  }
  return report;
}
