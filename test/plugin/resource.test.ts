import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestFailure } from "../../plugin/data/api.ts";
import { createResource } from "../../plugin/data/resource.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const always = () => true;
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("a polled resource", () => {
  it("is not fetched again after it was stopped, even if a late action sets new data", async () => {
    const fetch = vi.fn().mockResolvedValue("x");
    const resource = createResource<string>({ fetch, shouldPoll: always });
    resource.start();
    await settle();
    resource.stop();
    resource.set("y");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("is fetched every five seconds while it may change, and not after that", async () => {
    const fetch = vi
      .fn()
      .mockResolvedValueOnce("active")
      .mockResolvedValueOnce("active")
      .mockResolvedValue("done");
    const resource = createResource<string>({ fetch, shouldPoll: (status) => status === "active" });
    resource.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).toHaveBeenCalledTimes(3);
    expect(resource.state.value.data).toBe("done");
  });

  it("is fetched more rarely while the same object comes back, at most every 15 seconds apart", async () => {
    const same = { items: [] };
    const times: number[] = [];
    const fetch = vi.fn(async () => {
      times.push(Date.now());
      return times.length === 8 ? { items: [] } : same;
    });
    const resource = createResource<object>({ fetch, shouldPoll: always });
    resource.start();
    await vi.advanceTimersByTimeAsync(100_000);
    resource.stop();
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(gaps.slice(0, 8)).toEqual([5_000, 7_500, 11_250, 15_000, 15_000, 15_000, 15_000, 5_000]);
  });

  it("is fetched soon again after the agent has acted", async () => {
    const fetch = vi.fn().mockResolvedValue("x");
    const resource = createResource<string>({ fetch, shouldPoll: always });
    resource.start();
    await vi.advanceTimersByTimeAsync(40_000);
    const before = fetch.mock.calls.length;
    resource.set("y");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fetch).toHaveBeenCalledTimes(before + 1);
    resource.stop();
  });

  it("is not fetched while it is not visible", async () => {
    let isVisible = false;
    const fetch = vi.fn().mockResolvedValue("x");
    const resource = createResource<string>({ fetch, shouldPoll: always, isVisible: () => isVisible });
    resource.start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    isVisible = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fetch).toHaveBeenCalledTimes(2);
    resource.stop();
  });

  it("is fetched ever more rarely while it fails, keeps its data, and the host is told once", async () => {
    const onFailure = vi.fn();
    const fetch = vi
      .fn()
      .mockResolvedValueOnce("known")
      .mockRejectedValue(new RequestFailure("offline", "No."));
    const resource = createResource<string>({ fetch, shouldPoll: always, onFailure });
    resource.start();
    await vi.advanceTimersByTimeAsync(36_000);
    expect(fetch).toHaveBeenCalledTimes(4);
    expect(resource.state.value).toMatchObject({ data: "known", failure: { code: "offline" } });
    expect(onFailure).toHaveBeenCalledTimes(1);
    resource.stop();
  });

  it("is not fetched again after the end of the session", async () => {
    const fetch = vi
      .fn()
      .mockResolvedValueOnce("x")
      .mockRejectedValue(new RequestFailure("sessionEnded", "Over."));
    const resource = createResource<string>({ fetch, shouldPoll: always });
    resource.start();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("that was stopped is not changed by a late answer", async () => {
    let answer: (value: string) => void = () => undefined;
    const aborted: boolean[] = [];
    const resource = createResource<string>({
      fetch: (signal) => {
        signal.addEventListener("abort", () => aborted.push(true));
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      shouldPoll: always,
    });
    resource.start();
    resource.stop();
    answer("late");
    await settle();
    expect(aborted).toEqual([true]);
    expect(resource.state.value.data).toBeUndefined();
  });

  it("keeps the result of an action when an older answer arrives later", async () => {
    let answer: (value: string) => void = () => undefined;
    const fetch = () => new Promise<string>((resolve) => (answer = resolve));
    const resource = createResource<string>({ fetch });
    resource.start();
    resource.set("paused");
    answer("active");
    await settle();
    expect(resource.state.value.data).toBe("paused");
  });
});
