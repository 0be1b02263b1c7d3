using Spectre.Console;

namespace RechargeGrains.Month;

/// <summary>Prints the books of a month.</summary>
internal static class BooksTable
{
    private const int MostFindings = 30;

    public static void Show(MonthBooks books, TimeSpan took)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("Told to Ometria");
        foreach (var column in new[] { "Happened", "Told", "Lost", "Never happened" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var line in books.Events.Lines)
            table.AddRow(line.Type, $"{line.Happened}", $"{line.Accepted}", Must(line.Lost), Must(line.Unknown));
        var charges = books.Charges;
        table.AddRow("upcoming_charge", $"{charges.Due} to {charges.Due + charges.Brief}", $"{charges.Told}", Must(charges.Lost), Must(charges.Unknown));
        AnsiConsole.Write(table);

        var right = books.Mornings.Count(morning => morning.Faults.Count == 0);
        AnsiConsole.MarkupLine($"Told twice {Must(books.Events.Doubled + charges.Doubled)}, out of order {Must(books.Events.OutOfOrder)}, against Ometria's rules {Must(books.Violations)}, left over {Must((int)books.LeftOver)}");
        AnsiConsole.MarkupLine($"Mornings on which every contact was right: {right} of {books.Mornings.Count}, the last with {books.Mornings[^1].Customers} customers; wrong contacts {Must(books.WrongContacts)}");
        AnsiConsole.MarkupLineInterpolated(
            $"Webhooks: {books.Webhooks.Made} made, {books.LostWebhooks} lost on purpose, {books.RetriedWebhooks} failed at first; the product counts {books.Status["counters"]!["duplicates"]} duplicates. Ometria answered {books.RefusedCalls} calls with 503");
        AnsiConsole.MarkupLineInterpolated(
            $"Took {took.TotalSeconds:F0} s, {took.TotalSeconds / Math.Max(1, books.Mornings.Count):F1} s a day, {books.Steps} steps of the clock");
        foreach (var finding in books.Findings.Take(MostFindings))
            AnsiConsole.MarkupLineInterpolated($"[red]{finding}[/]");
        AnsiConsole.MarkupLine(books.Balance ? "[green]The books balance.[/]" : "[red]The books do not balance.[/]");
    }

    private static string Must(int number) => number == 0 ? "[green]0[/]" : string.Create(CultureInfo.InvariantCulture, $"[red]{number}[/]");
}
