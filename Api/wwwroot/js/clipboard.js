// Copies what stands in a code element when the button beside it is pressed. It happens in the click itself: some browsers (Safari) let
// nothing be copied later, when the server has answered.
export function attach(place, page) {
    place.addEventListener("click", async event => {
        if (!event.target.closest("button")) {
            return;
        }

        const code = place.querySelector("code");
        const copied = await copy(code);
        try {
            await page.invokeMethodAsync("ShowOutcome", copied);
        } catch {
            // The line is interrupted or the page is gone; what was copied is copied.
        }
    });
}

async function copy(code) {
    try {
        // Where the page is not served by https there is no clipboard, and the old way still works.
        if (navigator.clipboard && isSecureContext) {
            await navigator.clipboard.writeText(code.textContent);
            return true;
        }
    } catch {
        // It was refused; the old way may be allowed.
    }

    const selection = getSelection();
    try {
        selection.selectAllChildren(code);
        if (document.execCommand("copy")) {
            selection.removeAllRanges();
            return true;
        }
    } catch {
        // What is selected can be copied by hand.
    }

    return false;
}
