// Shows what becomes of an interrupted connection. The states are those of "components-reconnect-state-changed" (ASP.NET Core, Blazor SignalR guidance).
const dialog = document.getElementById("components-reconnect-modal");

async function joinAgain() {
    try {
        if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) {
            // The server is there and has forgotten the page.
            location.reload();
        }
    } catch {
        // The server is not there. It is tried again when somebody looks at the page or asks for it.
    }
}

async function wake() {
    try {
        if (!await Blazor.resumeCircuit()) {
            location.reload();
        }
    } catch {
        dialog.classList.replace("components-reconnect-paused", "components-reconnect-resume-failed");
    }
}

dialog.addEventListener("components-reconnect-state-changed", event => {
    switch (event.detail.state) {
        case "show": dialog.showModal(); break;
        case "hide": dialog.close(); break;
        case "rejected": location.reload(); break;
    }
});
document.getElementById("components-reconnect-button").addEventListener("click", joinAgain);
document.getElementById("components-resume-button").addEventListener("click", wake);
document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && dialog.classList.contains("components-reconnect-failed")) {
        joinAgain();
    }
});
