using Microsoft.Extensions.Options;

namespace RechargeGrains.Api.Hooks;

/// <summary>Settings under <c>Webhooks</c>.</summary>
internal sealed class HookOptions : IValidateOptions<HookOptions>
{
    public const string Section = "Webhooks";

    /// <summary>Larger bodies are answered 413. Default 1 MiB, far above any of Recharge's.</summary>
    public int MaxBodyBytes { get; set; } = 1_048_576;

    /// <summary>
    /// Webhooks of one connection under way at the same time; more are answered 503, and Recharge sends them again. Default 1,024. At most
    /// 64 of them are worked on, the others wait in line, so that one connection's flood leaves room for others.
    /// </summary>
    public int MaxConcurrent { get; set; } = 1_024;

    /// <summary>Bytes that the bodies of all webhooks under way may take together; more are answered 503. Default 256 MiB.</summary>
    public long MaxBytesAtOnce { get; set; } = 256 * 1_048_576L;

    public static HookOptions Of(IConfiguration configuration) => configuration.GetSection(Section).Get<HookOptions>() ?? new HookOptions();

    public ValidateOptionsResult Validate(string? name, HookOptions options)
    {
        if (options.MaxBodyBytes is < 1_024 or > 100 * 1_048_576)
            return ValidateOptionsResult.Fail($"Webhooks:MaxBodyBytes is {options.MaxBodyBytes}; expected is a number from 1024 to 104857600.");
        if (options.MaxBytesAtOnce < 2L * options.MaxBodyBytes)
            return ValidateOptionsResult.Fail($"Webhooks:MaxBytesAtOnce is {options.MaxBytesAtOnce}; expected is a number of at least twice Webhooks:MaxBodyBytes.");
        return options.MaxConcurrent is < 1 or > 100_000
            ? ValidateOptionsResult.Fail($"Webhooks:MaxConcurrent is {options.MaxConcurrent}; expected is a number from 1 to 100000.")
            : ValidateOptionsResult.Success;
    }
}
