using System.Text;

namespace RechargeGrains.Api.Pages.Deliveries;

/// <summary>One line of a CSV file (RFC 4180). Pure.</summary>
internal static class CsvLine
{
    /// <summary>Characters that make a spreadsheet take a text for a formula (OWASP, CSV injection).</summary>
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>Quotes what has to be, and disarms what a spreadsheet would calculate.</summary>
    public static string Of(params IEnumerable<string?> fields)
    {
        var line = new StringBuilder();
        foreach (var field in fields)
        {
            if (line.Length > 0)
                line.Append(',');
            // Quoted always: an empty first field would otherwise make no line.
            line.Append('"').Append(Disarm(field ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return line.Append("\r\n").ToString();
    }

    private static string Disarm(string field) => field.Length > 0 && FormulaStarts.Contains(field[0], StringComparison.Ordinal) ? $"'{field}" : field;
}
