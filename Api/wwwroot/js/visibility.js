// Tells the page whether anybody can see it, so that it is not kept up to date in a tab that nobody looks at.
let listener;

export function watch(page) {
    unwatch();
    listener = async () => {
        try {
            await page.invokeMethodAsync("ShowTab", !document.hidden);
        } catch {
            // The line is interrupted; it is told again once the line is back.
        }
    };
    document.addEventListener("visibilitychange", listener);
    document.addEventListener("components-reconnect-state-changed", listener, true);
    listener();
}

export function unwatch() {
    if (listener) {
        document.removeEventListener("visibilitychange", listener);
        document.removeEventListener("components-reconnect-state-changed", listener, true);
        listener = undefined;
    }
}
