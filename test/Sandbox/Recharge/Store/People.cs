namespace RechargeGrains.Sandbox;

/// <summary>Invented people. Every address is under a domain that can receive no mail.</summary>
internal static class People
{
    private static readonly string[] First =
    [
        "Ada", "Amir", "Anna", "Ben", "Chiara", "Clara", "Daniel", "Devi", "Elena", "Emil", "Esme", "Farah", "Finn", "Freya", "George",
        "Grace", "Hana", "Hugo", "Ines", "Isla", "Jack", "Jo", "Jonas", "Kofi", "Lena", "Leo", "Luca", "Maja", "Marta", "Milo", "Nadia",
        "Nia", "Noah", "Nora", "Oliver", "Omar", "Oskar", "Paula", "Priya", "Quinn", "Rafael", "Rosa", "Ruth", "Sami", "Sofia", "Søren",
        "Tara", "Theo", "Tom", "Uma", "Vera", "Victor", "Wanda", "Will", "Yara", "Yusuf", "Zara", "Zoë",
    ];

    private static readonly string[] Last =
    [
        "Abbott", "Ahmed", "Baker", "Bauer", "Bloggs", "Brown", "Carter", "Clarke", "Costa", "Cruz", "Dahl", "Davies", "Diaz", "Evans",
        "Fischer", "Ford", "Garcia", "Gray", "Green", "Hall", "Harris", "Hill", "Hughes", "Ito", "Jansen", "Jones", "Kaya", "Khan",
        "Kim", "King", "Kowalska", "Lee", "Lewis", "Lopez", "Martin", "Mensah", "Meyer", "Moore", "Müller", "Nowak", "O'Neill", "Okafor",
        "Olsen", "Park", "Patel", "Pereira", "Quist", "Reid", "Rossi", "Ruiz", "Scott", "Shah", "Silva", "Smith", "Taylor", "Walsh",
        "Weber", "Wilson", "Wood", "Young",
    ];

    private static readonly string[] Streets =
        ["High Street", "Station Road", "Mill Lane", "Church Road", "Park Avenue", "Kings Road", "The Crescent", "Victoria Street"];

    private static readonly (string City, string Zip)[] Cities =
    [
        ("London", "N1 9GU"), ("Leeds", "LS1 4AP"), ("Bristol", "BS1 5TR"), ("Manchester", "M1 2WD"), ("Edinburgh", "EH1 1YZ"),
        ("Cardiff", "CF10 1EP"), ("Belfast", "BT1 5GS"), ("Norwich", "NR1 3QU"),
    ];

    public static (string First, string Last) Name(Random random) => (First[random.Next(First.Length)], Last[random.Next(Last.Length)]);

    /// <summary>The number makes it unique; letters that an address cannot hold are left out.</summary>
    public static string Email(string first, string last, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Plain(first)}.{Plain(last)}.{number}@example.test");

    public static (string Street, string City, string Zip) Home(Random random)
    {
        var (city, zip) = Cities[random.Next(Cities.Length)];
        return (string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 200)} {Streets[random.Next(Streets.Length)]}"), city, zip);
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant));
}
