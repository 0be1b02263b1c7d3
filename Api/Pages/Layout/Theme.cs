using MudBlazor;

namespace RechargeGrains.Api.Pages.Layout;

/// <summary>Colours that keep a contrast of 4.5 to 1 against what they stand on (WCAG 2.2, AA), and the system's own fonts.</summary>
internal static class Theme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static readonly MudTheme Instance = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2f4bb8",
            Secondary = "#7a2e8e",
            Info = "#0b5e9e",
            Success = "#1b6e20",
            Warning = "#8a4b00",
            Error = "#b3261e",
            AppbarBackground = "#27357f",
            AppbarText = "#ffffff",
            TextPrimary = "#1c1f2b",
            TextSecondary = "#4a4f63",
            Background = "#f6f7fb",
        },
        // Text on a filled button is dark here. An alert's text is in the "darken" tone, which so has to be light.
        PaletteDark = new PaletteDark
        {
            Primary = "#a9b8ff",
            PrimaryDarken = "#c3cdff",
            PrimaryContrastText = "#10163a",
            Secondary = "#e3b0f0",
            SecondaryContrastText = "#2b0f33",
            SecondaryDarken = "#ecc9f5",
            Info = "#8fcdf9",
            InfoContrastText = "#06283f",
            InfoDarken = "#aedbfb",
            Success = "#93d797",
            SuccessContrastText = "#08290b",
            SuccessDarken = "#b0e3b3",
            Warning = "#ffc078",
            WarningContrastText = "#331c00",
            WarningDarken = "#ffd09a",
            Error = "#ffb4ab",
            ErrorContrastText = "#410002",
            ErrorDarken = "#ffcac4",
            AppbarBackground = "#1b2142",
            AppbarText = "#e8eaf6",
            Background = "#12141f",
            Surface = "#1c1f2e",
            DrawerBackground = "#171a28",
            DrawerText = "#d5d8e8",
            TextPrimary = "#e7e9f4",
            TextSecondary = "#b5bace",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            // Capitals are slower to read, and screen readers may spell them.
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none", FontSize = ".9rem", FontWeight = "600" },
        },
    };
}
