namespace RechargeGrains.Sandbox;

/// <summary>What became of the answer to a push.</summary>
public enum PushAnswer
{
    UnderWay,

    /// <summary>It left whole. Whether the other side still lived to read it is another question.</summary>
    Sent,

    /// <summary>A fault spoilt it or the other side had hung up, so nobody but the sandbox knows what was accepted.</summary>
    Lost,
}
