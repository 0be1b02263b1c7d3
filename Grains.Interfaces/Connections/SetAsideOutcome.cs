namespace RechargeGrains.Connections;

/// <summary>What became of a body that was read again.</summary>
[GenerateSerializer, Alias("rg.set-aside-outcome.v1")]
public enum SetAsideOutcome
{
    /// <summary>Its customer learnt something new, or told an event.</summary>
    Applied = 0,

    /// <summary>Its customer knew it already, or something newer.</summary>
    Duplicate = 1,

    /// <summary>Understood, and nothing that anybody needs.</summary>
    NotNeeded = 2,

    /// <summary>It stays set aside, with the present reason.</summary>
    NotUnderstood = 3,
}
