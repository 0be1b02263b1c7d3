using System.Collections.Concurrent;

namespace RechargeGrains.Sandbox;

/// <summary>Accounts and their keys. Rate limits belong to the account, however many keys it has.</summary>
public sealed class OmetriaAccounts
{
    private readonly ConcurrentDictionary<string, OmetriaKey> _keys = new(StringComparer.Ordinal);
    private readonly SandboxOptions _options;
    private readonly SandboxClock _clock;
    private readonly TimeProvider _rateTime;

    internal OmetriaAccounts(SandboxOptions options, SandboxClock clock, TimeProvider rateTime)
    {
        _options = options;
        _clock = clock;
        _rateTime = rateTime;
        First = NewAccount("first");
        AddKey(options.OmetriaApiKey, First, options.OmetriaKeyMayRead);
    }

    /// <summary>The account of the key in the options.</summary>
    public OmetriaHoldings First { get; }

    /// <summary>Makes another account with a key of its own.</summary>
    public OmetriaHoldings AddAccount(string name, string key)
    {
        var account = NewAccount(name);
        AddKey(key, account);
        return account;
    }

    public OmetriaKey AddKey(string key, OmetriaHoldings account, bool mayRead = true, bool mayPush = true) =>
        _keys[key] = new OmetriaKey(key, account, mayRead, mayPush);

    /// <summary>From now on the key is answered 401.</summary>
    public void RevokeKey(string key) => _keys.TryRemove(key, out _);

    internal OmetriaKey? Find(string? key) => key is null ? null : _keys.GetValueOrDefault(key);

    private OmetriaHoldings NewAccount(string name) => new(name, _options, _clock, _rateTime);
}
